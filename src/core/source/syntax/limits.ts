/**
 * What a program may cost before it is taken for noise. Every limit lies far above what real code comes to, and below what would
 * hurt the process.
 */

/** Levels of a tree: the longest concatenation we promise to read has 60,000. */
export const MOST_LEVELS = 100_000;

/** Nodes of a tree, tokens included. People write a third of a node a character at most, bundlers two thirds: 430,000 in the largest file of the public bodies. */
export const MOST_NODES = 1_000_000;

/**
 * Braces of a script open at once. Where each of them is a block or an object the parser merges both readings recursively:
 * more than 2,000 overflow its stack and break it for good (web-tree-sitter 0.27, `{a: ` repeated). The deepest of 15,958
 * public files comes to 65, braces in strings counted; it is the product of a bundler.
 */
export const MOST_BRACES = 1_000;

/**
 * Memory the parser may come to while no tree is held, bytes. WebAssembly memory never shrinks, so this is what one file
 * of noise may leave behind; what is free of it serves the next file.
 */
export const MOST_MEMORY = 192 * 1024 * 1024;
/** And for every UTF-16 unit of the texts whose trees are held. */
export const MEMORY_A_UNIT = 64;

/** A text of which so much is error is in another language, or in none. Shorter ones may be one mistake. */
export const MOST_ERROR = 0.9;
export const SHORTEST_NOISE = 64 * 1024;

/** Whether more braces are open somewhere than may be. Quotes and comments are not told from code: a pair of them is no more. */
export function braceDepthExceeds(text: string, most: number): boolean {
  if (text.length <= most) return false;
  let open = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x7b && ++open > most) return true;
    if (unit === 0x7d && open > 0) open--;
  }
  return false;
}
