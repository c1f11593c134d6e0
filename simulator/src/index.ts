export type { SimulatedNumber, Simulator } from './api';
export { createSimulator } from './simulator';
export type { SimulatorOptions } from './options';
export { FAULTS, isFaultName, type FaultName, type Faults } from './faults';
export type { Clock } from './clock';
export type { Customers } from './customers';
export type { Templates } from './templates';
export { signBody, toMetaBytes } from './webhooks/bytes';
export type * from './types';
