/** The pages say what is written for them, in every language, and every variable has its place. */
import { describe, expect, it } from 'vitest';
import { ADMIN_TEXTS } from '../../src/admin/admin-texts.ts';
import { parseTemplate } from '../../src/content/text-template.ts';
import { shippedContent } from '../support/shipped-content.ts';

describe.each(['zh-CN', 'en'])('in %s', (locale) => {
  it.each(Object.entries(ADMIN_TEXTS))('%s is there with its variables', async (key, variables: readonly string[]) => {
    const { texts } = await shippedContent();
    const asThemselves = Object.fromEntries(variables.map((name) => [name, `{${name}}`]));
    const written = texts.render(locale, key, asThemselves, key);
    expect(written).not.toBe('');
    if (locale !== 'zh-CN') expect(written).not.toMatch(/\p{Script=Han}/u);
    expect(
      parseTemplate(written)
        .variables.toSorted()
        .filter((name, n, all) => name !== all[n - 1]),
    ).toEqual(variables.toSorted());
  });
});
