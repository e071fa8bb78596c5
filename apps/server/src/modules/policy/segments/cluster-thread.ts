import { parentPort, workerData } from 'node:worker_threads';
import { clusterCustomers, type ClusterTask } from './cluster.rules.js';

// Runs once: the thread is started for one task and ended with it.
parentPort?.postMessage(clusterCustomers(workerData as ClusterTask), []);
