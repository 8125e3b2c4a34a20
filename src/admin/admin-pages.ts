/** Every page of the site: whoever adds one adds its routes here, and its texts in admin-texts.ts. */
import { ACTIVITIES_ROUTES } from './activities/activities-routes.ts';
import type { AdminRoute } from './admin-route.ts';
import { CHAINS_ROUTES } from './chains/chains-routes.ts';
import { FORWARDING_ROUTES } from './forwarding/forwarding-routes.ts';
import { NOTICES_ROUTES } from './notices/notices-routes.ts';
import { PEOPLE_ROUTES } from './people/erase-page.ts';
import { PLEDGES_ROUTES } from './pledges/pledges-routes.ts';
import { SAMPLE_ROUTES } from './sample/begin-page.ts';
import { SETTINGS_ROUTES } from './settings/settings-routes.ts';
import { SIGN_OUT_ROUTES } from './sign-in/sign-out.ts';
import { TODAY_ROUTES } from './today/today-page.ts';

export const ADMIN_ROUTES: readonly AdminRoute[] = [
  ...TODAY_ROUTES,
  ...FORWARDING_ROUTES,
  ...ACTIVITIES_ROUTES,
  ...CHAINS_ROUTES,
  ...NOTICES_ROUTES,
  ...PLEDGES_ROUTES,
  ...PEOPLE_ROUTES,
  ...SETTINGS_ROUTES,
  ...SAMPLE_ROUTES,
  ...SIGN_OUT_ROUTES,
];
