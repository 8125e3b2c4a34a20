/** The closed list of what a phrase of data/language/signals.csv may tell; the table is checked against it both ways. */
export const SIGNALS = [
  // who
  'own-family',
  'self',
  'other-party',
  // manner
  'asks',
  'request',
  'today',
  'done',
  'past-deed',
  'filler',
  'small-talk',
  'domain',
  // pledges
  'pledge',
  'pledge-standing',
  'intends',
  'not-pledge',
  'swap',
  'add',
  'remove',
  'change-pledge',
  'withdraw',
  'show-pledge',
  'about-pledge',
  // check-ins
  'check-in',
  'check-in-elsewhere',
  'not-done',
  // activities
  'join',
  'join-firm',
  'join-plainly',
  'join-past',
  'join-elsewhere',
  'not-join',
  'cancel',
  'cancel-plainly',
  'sign-up-noun',
  'list-activities',
  // waste
  'waste-ask',
  'waste-ask-weak',
  'waste-lost',
  // tips and messages
  'tip',
  'tip-request',
  'saving-how',
  'source',
  'stop',
  'resume',
  'acknowledge',
  'acknowledge-asked',
  // front desk
  'thanks',
  'help',
  'greet',
  'call-person',
  // privacy
  'privacy-show',
  'privacy-delete',
  'privacy-word',
  'agree',
  'disagree',
  'refuse-data',
  // issues
  'complaint',
  'report',
  // staff
  'publish-activity',
  'publish-notice',
  // answers
  'yes',
  'no',
  'comes',
  'amends',
  'lives',
] as const;
export type Signal = (typeof SIGNALS)[number];
