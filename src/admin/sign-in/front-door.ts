/** A visit of somebody who is not signed in. */
import type { Context } from 'hono';
import { type Words, wordsOf } from '../../lib/page-words.ts';
import type { Community } from '../../model/community.ts';
import type { TextCatalogue } from '../../model/text.ts';
import type { AdminParts } from '../admin-parts.ts';

export interface Caller {
  readonly parts: AdminParts;
  readonly context: Context;
  /** The one whose name and language the page has; whoever signs in gets their own. */
  readonly community: Community;
  readonly now: Date;
}

export function wordsToCaller<const C extends TextCatalogue>({ parts, community }: Caller, catalogue: C): Words<C> {
  return wordsOf(catalogue, parts.content().texts.render, community.locale);
}

// Any origin will do: whatever leads to another one is not ours.
const HERE = 'http://here.invalid';

/** A path of this site to go on to, or its first page. */
export function pathOnSite(asked: string): string {
  // Read as a browser reads it, with its dots, slashes and backslashes.
  const url = URL.parse(asked, HERE);
  const isOurs = url?.origin === HERE && /^\/admin(?:\/(?!sign-|\/)[^/]+)*$/.test(url.pathname);
  return isOurs ? url.pathname + url.search : '/admin';
}
