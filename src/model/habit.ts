/** What a green habit is: the closed lists and the shape of a row of data/habits.csv once read. */

/** In the order they are shown; their Chinese names are in data/habit-categories.csv. */
export const HABIT_CATEGORIES = [
  'save-power',
  'save-water',
  'save-paper',
  'save-food',
  'reuse',
  'sort-waste',
  'green-travel',
  'green-consumption',
  'no-disposables',
  'protect-nature',
  'learn',
] as const;
export type HabitCategory = (typeof HABIT_CATEGORIES)[number];

export type HabitCategoryName = { readonly id: HabitCategory; readonly name: string; readonly nameEn: string };

export const SEASONS = ['spring', 'summer', 'autumn', 'winter'] as const;
export type Season = (typeof SEASONS)[number];

/** `all` stands for the whole year. */
export const SEASON_WORDS = ['all', ...SEASONS] as const;
export type SeasonWord = (typeof SEASON_WORDS)[number];

export const HABIT_FREQUENCIES = ['daily', 'weekly', 'monthly', 'once'] as const;
export type HabitFrequency = (typeof HABIT_FREQUENCIES)[number];

/** How a household tells that it keeps the habit; never by a photo that must be sent. */
export const HABIT_CHECKS = ['self-report', 'volunteer-record'] as const;
export type HabitCheck = (typeof HABIT_CHECKS)[number];

/** `calc` is own arithmetic and is shown with its assumption; `none` means that no figure may be shown. */
export const SAVING_STATUSES = ['sure', 'likely', 'calc', 'none'] as const;
export type SavingStatus = (typeof SAVING_STATUSES)[number];

/** A figure for what a habit saves. `co2FromPower` asks for the carbon to be worked out with the grid factor of the region. */
export type HabitSaving = {
  readonly status: Exclude<SavingStatus, 'none'>;
  readonly text: string;
  readonly per: string;
  readonly kwh?: number;
  readonly co2Kg?: number;
  readonly waterLitres?: number;
  readonly other?: string;
  readonly co2FromPower: boolean;
  readonly sources: readonly string[];
};

/** `saving` is null where no sound figure exists: then nothing that counts may be said. */
export type Habit = {
  readonly id: string;
  readonly category: HabitCategory;
  readonly title: string;
  readonly description: string;
  readonly titleEn: string;
  readonly season: SeasonWord;
  readonly frequency: HabitFrequency;
  readonly check: HabitCheck;
  readonly saving: HabitSaving | null;
  readonly references: readonly Reference[];
  readonly note: string;
  readonly checkedOn: string;
};

/** A place in a source: `mee2018` §2. */
export type Reference = { readonly source: string; readonly section?: string };

/** A row of data/sources.csv. `warning` must be shown wherever the figure is. */
export type Source = {
  readonly id: string;
  readonly name: string;
  readonly urls: readonly string[];
  readonly readHow: string;
  readonly warning: string;
  readonly checkedOn: string;
};
