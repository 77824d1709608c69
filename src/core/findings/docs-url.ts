/** Where the pages of the rules live on the web. The one place that knows the address. */

/** Folder of the rules' pages in the public repository. */
const PAGES = 'https://github.com/tickguard/tickguard/blob/main/docs/rules';

/** Address of a rule's page: `docsUrl('APX004')`. */
export function docsUrl(rule: string): string {
  return `${PAGES}/${rule}.md`;
}
