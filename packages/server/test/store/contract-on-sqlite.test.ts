import { keepsContract } from './support/keeps-contract.ts';

keepsContract('SQLite');
