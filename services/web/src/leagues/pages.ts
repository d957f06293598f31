/** Lists of the API come a page at a time. */

/** The most that the API has in a page. */
export const PAGE = 100;

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next_cursor?: string | null;
}

/** Every row, page after page, in their order; `read` gets the page that a cursor names. */
export async function everyRow<Row>(
  read: (cursor: string | undefined) => Promise<Page<Row>>,
): Promise<Row[]> {
  const found: Row[] = [];
  let cursor: string | undefined;
  do {
    // eslint-disable-next-line no-await-in-loop -- each page names the one after it
    const page = await read(cursor);
    found.push(...page.rows);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}
