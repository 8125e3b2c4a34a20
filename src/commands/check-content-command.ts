/** `check-content`: everything that is wrong with data/ and prompts/, at once. */
import { allTexts } from '../catalogue.ts';
import { type Content, loadContent } from '../content/content.ts';
import { vocabularyFaults } from '../joints/reader.ts';
import { type CommandContext, EXIT, type ExitCode } from './command.ts';
import { say } from './command-texts.ts';
import { contentLines } from './content-lines.ts';

/** A text that another language lacks fails here too, though the bot would start and speak Chinese instead. */
export async function checkContent({ config, speak, print, tell }: CommandContext): Promise<ExitCode> {
  const result = await loadContent({ ...config, catalogue: allTexts, alsoCheck: vocabularyFaults });
  const faults = [...(result.ok ? [] : result.faults), ...result.warnings];
  const lines = contentLines(faults, speak);
  for (const line of lines) tell(line);
  if (!result.ok || lines.length > 0) {
    tell(speak(say('content.broken', { count: faults.length })));
    return EXIT.fault;
  }
  print(speak(goodNews(result.content)));
  return EXIT.ok;
}

function goodNews(content: Content) {
  return say('content.good', {
    habits: content.habits.length,
    tips: content.tips.length,
    waste: content.wasteGuide.items.length,
    days: content.calendar.length,
    plans: content.plans.length,
    texts: Object.keys(allTexts).length,
  });
}
