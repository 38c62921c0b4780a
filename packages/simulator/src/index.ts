export { createSimulator } from './create-simulator.ts';
export { startSimulator } from './start-simulator.ts';
export { SignUpImpossibleError } from './signup/sign-up.ts';

export type { SimulatorIdentity, UnstartedSimulator } from './create-simulator.ts';
export type { ListenOptions, SimulatedMeta, Simulator } from './start-simulator.ts';
export type { Assumptions } from './assumptions.ts';
export type { SimulatorOptions } from './options.ts';
export type { ErrorProfile, NumberForm, TimeForm } from './settings.ts';

export type { PhoneNumberState, PreverifiedNumberState, SimulatorState } from './control/describe-state.ts';
export type { SimulatorControl } from './control/simulator-control.ts';
export type { Fault, FaultError, ScriptedFault } from './faults/fault-script.ts';
export type { RecordedRequest } from './ledger/request-ledger.ts';
export type { CurrentStep } from './signup/session-log.ts';
export type { SignUpRequest, SignUpResult } from './signup/sign-up.ts';
export type { TokenKind } from './world/caller.ts';
export type { CodeMethod, InboxMessage } from './world/one-time-code.ts';
export type { CodeVerificationStatus } from './world/preverified-number.ts';
export type { NumberSeed } from './world/seed-numbers.ts';
