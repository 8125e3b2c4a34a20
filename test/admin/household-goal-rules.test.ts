import { describe, expect, it } from 'vitest';
import { householdGoal, missingTo, shareOf } from '../../src/admin/pledges/household-goal-rules.ts';
import { shippedContent } from '../support/shipped-content.ts';

describe('what a plan wants of households', () => {
  it.each([
    ['shanxi-2020', 65],
    ['changji-2021', null],
    // A number of model households is not a share of all of them.
    ['jiaxing-2011', null],
  ])('of %s is %s percent', async (id, share) => {
    const { plans } = await shippedContent();
    expect(householdGoal(plans.find((plan) => plan.id === id))?.value ?? null).toBe(share);
  });

  it('is nothing where the plan is not known', () => {
    expect(householdGoal(undefined)).toBeNull();
  });
});

it('takes a household more where the share falls between two', () => {
  expect(missingTo({ value: 65 }, 31, 48)).toBe(1);
  expect(missingTo({ value: 65 }, 32, 48)).toBe(0);
  expect(missingTo({ value: 65 }, 48, 48)).toBe(0);
});

it('rounds a share to a whole', () => {
  expect(shareOf(61, 144)).toBe(42);
});
