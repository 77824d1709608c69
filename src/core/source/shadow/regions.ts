/**
 * Where the text on the screen differs from the text the model speaks of. Outside the regions both are the same, shifted;
 * inside, somebody is typing a statement that does not parse yet.
 */
import type { Span } from '../model.ts';

export interface DirtyRegion {
  /** In the text the model was made from. */
  readonly shadow: Span;
  /** In the text on the screen. */
  readonly real: Span;
}

/** Sorted and disjoint, in both texts. */
export type Regions = readonly DirtyRegion[];

/** How much longer a region is on the screen. */
export function growth(region: DirtyRegion): number {
  return region.real.end - region.real.start - (region.shadow.end - region.shadow.start);
}

/** A span of the model on the screen; `undefined` if any part of it is being typed. */
export function toReal(regions: Regions, span: Span): Span | undefined {
  let shift = 0;
  for (const region of regions) {
    if (span.end <= region.shadow.start) break;
    if (span.start < region.shadow.end || (region.shadow.start === region.shadow.end && span.start < region.shadow.start)) return undefined;
    shift += growth(region);
  }
  return { start: span.start + shift, end: span.end + shift };
}

/** An offset on the screen, outside every region or at its edge, in the model's text. */
export function toShadowOffset(regions: Regions, offset: number): number {
  let shift = 0;
  for (const region of regions) {
    if (offset < region.real.end) break;
    shift += growth(region);
  }
  return offset - shift;
}

/** The regions after text was inserted or removed behind `from` (on the screen), none of them touched by it. */
export function shiftReal(regions: Regions, from: number, by: number): DirtyRegion[] {
  return regions.map((region) => (region.real.start < from ? region : { shadow: region.shadow, real: moved(region.real, by) }));
}

/** The regions after the change of another region was carried into the model's text. */
export function shiftShadow(regions: Regions, carried: DirtyRegion, by: number): DirtyRegion[] {
  return regions.map((region) => (
    region.real.start < carried.real.start ? region : { shadow: moved(region.shadow, by), real: region.real }
  ));
}

function moved(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}

/** Adds a region to others it does not overlap. */
export function withRegion(regions: Regions, region: DirtyRegion): DirtyRegion[] {
  const before = regions.filter((other) => other.real.start < region.real.start);
  return [...before, region, ...regions.filter((other) => other.real.start >= region.real.start)];
}
