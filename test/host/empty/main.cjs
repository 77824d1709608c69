'use strict';
// Every extension pays for the API; whoever comes first in a host pays for making it.
require('vscode');
exports.activate = () => { };
