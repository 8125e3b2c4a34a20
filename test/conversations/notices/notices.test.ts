import { OFFICE } from '../../support/committee.ts';
import { playDialogues } from '../../support/dialogue.ts';

playDialogues(import.meta.dirname, OFFICE);
