/** Preloaded into the bot that stands for pictures: its clock starts at PICTURES_AT and runs on, so that pictures made on another day look the same. */

const RealDate = Date;
const ahead = RealDate.parse(process.env.PICTURES_AT ?? '') - RealDate.now();

class ShiftedDate extends RealDate {
  constructor(...given: ConstructorParameters<DateConstructor> | []) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(...given);
  }

  static override now(): number {
    return RealDate.now() + ahead;
  }
}

Object.assign(globalThis, { Date: ShiftedDate });
