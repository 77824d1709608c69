/** `"… %s" % value` and `"… {}".format(value)`: the text and what stands in its places. */
import type { Argument, Expr } from '../../../../core/source/model.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import type { Asker, Scope } from './asker.ts';
import { concat, hole, oneOf, text } from './forms.ts';
import { constantText, isConstant, type Value } from './value.ts';

/** Most places of one format that are told apart. */
const MAX_PLACES = 60;
/** `%s`, `%(name)s`, `%-10.2f`, `%%`. */
const PERCENT = /%(?:\(([^()%]{1,60})\))?[-#0 +]{0,5}[0-9*]{0,6}(?:\.[0-9*]{1,4})?[hlL]?([diouxXeEfFgGcrsa%])/g;
/** `{}`, `{0}`, `{name.attr}`, `{x!r:>10}`, and the doubled braces that stand for themselves. */
const BRACES = /\{\{|\}\}|\{([^{}!:]{0,80})(?:![rsa])?(?::([^{}]{0,40}))?\}/g;

/** `left % right` where the left side is text. */
export function percentFormat(asker: Asker, left: Value, right: Expr, site: NameSite, scope: Scope): Value {
  const forms = left.forms.map((form) => concat(form.map((piece) => (typeof piece === 'string'
    ? filled(piece, PERCENT, placesOf(asker, right, site, scope)) : { forms: [[piece]] }))));
  return isConstant(left) ? oneOf(forms) : oneOf([...forms, concat([left, asker.value(right, site, scope)])]);
}

type Places = (match: RegExpExecArray, index: number) => Value | undefined;

/** What the places of a `%` format are filled with, in order or by name. */
function placesOf(asker: Asker, right: Expr, site: NameSite, scope: Scope): Places {
  const items = right.kind === 'collection' ? right : undefined;
  return (match, index) => {
    const [, name, type = 's'] = match;
    if (type === '%') { return text('%'); }
    if ('diouxXeEfFgGc'.includes(type)) { return hole('plain', right); }
    if (items?.keys !== undefined) {
      const at = items.keys.findIndex((key) => key?.kind === 'literal' && key.value === name);
      const item = items.items[at];
      return item === undefined ? hole('unknown', right) : asker.value(item, site, scope);
    }
    const item = items === undefined ? right : items.items[index];
    return item === undefined ? hole('unknown', right) : asker.value(item, site, scope);
  };
}

/** `template.format(…)`. */
export function braceFormat(asker: Asker, template: Value, args: readonly Argument[], site: NameSite, scope: Scope): Value {
  const positional = args.filter((argument) => argument.name === undefined && argument.spread === undefined);
  const spread = args.find((argument) => argument.spread !== undefined);
  const whole = (): Value => concat(args.map(({ value }) => asker.value(value, site, scope)));
  let next = 0;
  const places: Places = (match) => {
    if (match[0] === '{{' || match[0] === '}}') { return text(match[0].slice(1)); }
    const name = /^[^.[]*/.exec(match[1] ?? '')?.[0] ?? '';
    const index = name === '' ? next++ : /^[0-9]{1,4}$/.test(name) ? Number(name) : undefined;
    const given = (index === undefined ? args.find((argument) => argument.name === name) : positional[index]) ?? spread;
    if (given === undefined) { return undefined; }
    return /[dfeEgGn%xXob,]$/.test(match[2] ?? '') ? hole('plain', given.value) : asker.value(given.value, site, scope);
  };
  const forms = template.forms.map((form) => {
    next = 0;
    return concat(form.map((piece) => (typeof piece === 'string' ? filled(piece, BRACES, places) : { forms: [[piece]] })));
  });
  // A template nobody can read still takes what it is given.
  return isConstant(template) ? oneOf(forms) : concat([template, whole()]);
}

/** A text with its places filled; a place that stands for nothing stays as it is written. */
function filled(written: string, pattern: RegExp, places: Places): Value {
  const values: Value[] = [];
  let from = 0;
  let index = 0;
  for (const match of written.matchAll(pattern)) {
    if (values.length > MAX_PLACES) { break; }
    const value = places(match, index);
    if (value === undefined) { continue; }
    if (match[2] !== '%' || pattern !== PERCENT) { index++; }
    values.push(text(written.slice(from, match.index)), value);
    from = match.index + match[0].length;
  }
  return concat([...values, text(written.slice(from))]);
}

/** `text.replace("{symbol}", symbol)`: the places of a constant text that say what they are replaced by. */
export function replaced(object: Value, what: Value, by: Value): Value | undefined {
  const wanted = constantText(what);
  if (wanted === undefined || wanted === '') { return undefined; }
  return {
    forms: object.forms.flatMap((form) => concat(form.map((piece) => {
      if (typeof piece !== 'string') { return { forms: [[piece]] }; }
      const parts = piece.split(wanted).slice(0, MAX_PLACES);
      return concat(parts.flatMap((part, i) => (i === 0 ? [text(part)] : [by, text(part)])));
    })).forms),
  };
}
