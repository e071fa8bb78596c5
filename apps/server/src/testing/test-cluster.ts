import { inject } from 'vitest';

/** The PostgreSQL of this test run, started by `global-setup.ts`. */
export interface TestCluster {
  adminUrl: string;
  secret: string;
  /** The database with every migration, which each test file copies. */
  template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    cluster: TestCluster;
  }
}

export const testCluster = (): TestCluster => inject('cluster');
