/** Are the facts and the sentences whole, and is the plan among them? */
import { allTexts } from '../../catalogue.ts';
import type { Config } from '../../config.ts';
import { type Content, loadContent } from '../../content/content.ts';
import { vocabularyFaults } from '../../joints/reader.ts';
import { say } from '../command-texts.ts';
import { type Finding, finding } from './finding.ts';

export interface ContentCheck {
  readonly finding: Finding;
  /** `null`: it is broken. */
  readonly content: Content | null;
}

export async function checkContentFolders(config: Config): Promise<ContentCheck> {
  const result = await loadContent({ ...config, catalogue: allTexts, alsoCheck: vocabularyFaults });
  if (!result.ok) {
    const said = say('doctor.content-broken', { count: result.faults.length });
    return { finding: finding('content', 'bad', said), content: null };
  }
  const { content } = result;
  const plans = content.plans.map((plan) => plan.id);
  if (plans.includes(config.plan)) return { finding: finding('content', 'good', say('doctor.content-good')), content };
  const said = say('doctor.plan-unknown', { plan: config.plan, plans: plans.join(' ') });
  return { finding: finding('content', 'bad', said), content };
}
