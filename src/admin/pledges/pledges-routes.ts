/** The pages of households and their pledges, and who may use them. */
import { action, formAction, page } from '../admin-route.ts';
import { create, showNew } from './add-page.ts';
import { find } from './door-search.ts';
import { showAsk, showDoors } from './doors-page.ts';
import { change, remove, renew, showRemove, withdraw } from './household-actions.ts';
import { showFull, showHousehold } from './household-page.ts';
import { showTakeOut, takeOut } from './member-pages.ts';
import { downloadTemplate } from './paper-file.ts';
import { fixRows, showPaper, upload } from './paper-page.ts';
import { downloadFull, downloadMasked } from './pledges-file.ts';
import { showPledges } from './pledges-page.ts';

const ONE = '/pledges/:id';

export const PLEDGES_ROUTES = [
  page('/pledges', 'viewer', (visit) => showPledges(visit)),
  formAction('/pledges/find', 'worker', find),
  page('/pledges/new', 'worker', (visit) => showNew(visit, { typed: {}, faults: {} })),
  formAction('/pledges/new', 'worker', create),
  page('/pledges/file', 'viewer', downloadMasked),
  formAction('/pledges/file', 'worker', downloadFull),
  page('/pledges/paper', 'worker', (visit) => showPaper(visit)),
  action('/pledges/paper', 'worker', upload, { takesFile: true }),
  page('/pledges/paper-template', 'worker', downloadTemplate),
  // As many rows as a file holds may come back.
  action('/pledges/paper-rows', 'worker', fixRows, { takesFile: true }),
  page('/pledges/doors', 'worker', (visit) => showAsk(visit)),
  formAction('/pledges/doors', 'worker', showDoors),
  page(ONE, 'viewer', (visit) => showHousehold(visit)),
  formAction(`${ONE}/full`, 'worker', showFull),
  formAction(`${ONE}/change`, 'worker', change),
  action(`${ONE}/withdraw`, 'worker', withdraw),
  action(`${ONE}/renew`, 'worker', renew),
  page(`${ONE}/remove`, 'worker', showRemove),
  action(`${ONE}/remove`, 'worker', remove),
  page(`${ONE}/members/:person/take-out`, 'worker', showTakeOut),
  action(`${ONE}/members/:person/take-out`, 'worker', takeOut),
] as const;
