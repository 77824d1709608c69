'use strict';
exports.activate = () => { };
