/** Methods that are used like attributes: getters and setters, and edges to them. */
import { lastName } from '../meaning/annotations.ts';
import { lineageOf } from '../meaning/lineage.ts';
import type { ClassModel, FunctionModel, SourceModel } from '../model.ts';
import { frameworkOf } from '../roles.ts';
import { attributeDefinitions } from '../scope.ts';
import { isExternalModule } from './externals.ts';

/** True for a method that is read like an attribute. */
export function isProperty(fn: FunctionModel): boolean {
  if (fn.accessor === 'get') { return true; }
  return fn.decorators.some((decorator) => {
    const name = lastName(decorator);
    return name === 'property' || name === 'cached_property';
  });
}

/** True for a method that an assignment to the attribute runs. */
export function isSetter(fn: FunctionModel): boolean {
  return fn.accessor === 'set' || fn.decorators.some((decorator) => decorator.kind === 'member' && decorator.property === 'setter');
}

/** True where an attribute of a class of this file is a property, or may be one inherited from another file. */
export function mayBeProperty(model: SourceModel, cls: ClassModel, attribute: string): boolean {
  const definitions = attributeDefinitions(model, cls, attribute);
  if (definitions.length > 0) {
    return definitions.some(({ declared }) => declared?.kind === 'function' && isProperty(model.functions[declared.index]!));
  }
  const lineage = lineageOf(model, cls);
  return lineage.external.some((name) => name.startsWith('.') || !isExternalModule(name)) && !knownFramework(model, cls);
}

/** True where assigning an attribute of a class of this file runs a method of it. */
export function hasSetter(model: SourceModel, cls: ClassModel, attribute: string): boolean {
  return attributeDefinitions(model, cls, attribute).some(({ declared }) => declared?.kind === 'function' && isSetter(model.functions[declared.index]!));
}

/** True for a class of a framework whose members are known. */
export function knownFramework(model: SourceModel, cls: ClassModel): boolean {
  const framework = frameworkOf(model, cls);
  return framework !== undefined && framework.members.size > 0;
}
