/** Are the facts and the sentences whole, and is the plan among them? */
import { allTexts } from '../../catalogue.ts';
import type { Config } from '../../config.ts';
import { loadContent } from '../../content/content.ts';
import { vocabularyFaults } from '../../joints/reader.ts';
import { say } from '../command-texts.ts';
import { type Finding, finding } from './finding.ts';

export async function checkContentFolders(config: Config): Promise<Finding> {
  const result = await loadContent({ ...config, catalogue: allTexts, alsoCheck: vocabularyFaults });
  if (!result.ok) return finding('content', 'bad', say('doctor.content-broken', { count: result.faults.length }));
  const plans = result.content.plans.map((plan) => plan.id);
  if (plans.includes(config.plan)) return finding('content', 'good', say('doctor.content-good'));
  return finding('content', 'bad', say('doctor.plan-unknown', { plan: config.plan, plans: plans.join(' ') }));
}
