/** What a piece of household waste is, and the classes it can go to. */

/** The four classes of GB/T 19095-2019, and `special` for what goes into none of the four bins (bulky, building, dangerous). */
export const WASTE_CLASSES = ['recyclable', 'hazardous', 'kitchen', 'other', 'special'] as const;
export type WasteClass = (typeof WASTE_CLASSES)[number];

/** `sure`: own judgement and a second list agree; `likely`: cities differ, so the local guide is mentioned. */
export const WASTE_STATUSES = ['sure', 'likely'] as const;
export type WasteStatus = (typeof WASTE_STATUSES)[number];

/** The class changes with the state of the thing: a clean takeaway box is recyclable, a greasy one is not. */
export type WasteCondition = { readonly when: string; readonly class: WasteClass };

export type WasteItem = {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly class: WasteClass;
  readonly note: string;
  readonly depends: readonly WasteCondition[];
  readonly tricky: boolean;
  readonly variesLocally: boolean;
  readonly status: WasteStatus;
  readonly sources: readonly string[];
  readonly checkedOn: string;
};

/** What a class is called, and the colour of its bin, where one naming scheme holds (national, shanghai, jiaxing …). */
export type WasteClassName = {
  readonly scheme: string;
  readonly schemeName: string;
  readonly class: WasteClass;
  readonly name: string;
  readonly nameEn: string;
  readonly bin: string;
};
