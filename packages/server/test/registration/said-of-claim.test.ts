import { describe, expect, it } from 'vitest';
import { saidOf } from '../../src/registration/said-of-claim.ts';
import { claimWith } from './support/step-world.ts';

const log = { event: 'FINISH', eventData: { waba_id: '8', phone_number_id: '7' } };

describe('what is said of a claim', () => {
  it('is the session log’s word', () => {
    expect(saidOf(claimWith(log))).toEqual({ wabaId: '8', phoneNumberId: '7', kind: 'number' });
  });

  it('is the operator’s word where there is one', () => {
    expect(saidOf(claimWith({ ...log, assignedWabaId: '80', assignedPhoneNumberId: '70' }))).toEqual({
      wabaId: '80',
      phoneNumberId: '70',
      kind: 'number',
    });
    expect(saidOf(claimWith({ ...log, assignedPhoneNumberId: '70' }))).toMatchObject({
      wabaId: '8',
      phoneNumberId: '70',
    });
  });

  it('is not the log’s number on an account of the operator’s', () => {
    expect(saidOf(claimWith({ ...log, assignedWabaId: '80' })).phoneNumberId).toBeUndefined();
    expect(saidOf(claimWith({ ...log, assignedWabaId: '8' })).phoneNumberId).toBe('7');
  });

  it('is a number where an operator names an account after a finish without one', () => {
    const bare = { event: 'FINISH_ONLY_WABA', eventData: { waba_id: '8' } };
    expect(saidOf(claimWith(bare)).kind).toBe('without_number');
    expect(saidOf(claimWith({ ...bare, assignedAt: 1 })).kind).toBe('without_number');
    expect(saidOf(claimWith({ ...bare, assignedWabaId: '8' })).kind).toBe('number');
  });
});
