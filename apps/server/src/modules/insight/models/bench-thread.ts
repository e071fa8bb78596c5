import { parentPort, workerData } from 'node:worker_threads';
import type { ModelCurvesInput, ModelEvaluateInput, ModelFitInput } from '@kezi/contract';
import { CodedError, type ErrorCode, type ErrorParams } from '@kezi/contract/errors';
import { curvesOfModel, evaluateModel, fitModel } from './models.rules.js';

export type BenchTask =
  | { kind: 'fit'; input: ModelFitInput }
  | { kind: 'evaluate'; input: ModelEvaluateInput }
  | { kind: 'curves'; input: ModelCurvesInput };
export type BenchAnswer = { result: unknown } | { code: ErrorCode; params: ErrorParams };

function resultOf(task: BenchTask): unknown {
  if (task.kind === 'fit') return fitModel(task.input);
  return task.kind === 'evaluate' ? evaluateModel(task.input) : curvesOfModel(task.input);
}

function answerOf(task: BenchTask): BenchAnswer {
  try {
    return { result: resultOf(task) };
  } catch (error) {
    if (error instanceof CodedError) return { code: error.code, params: error.params };
    throw error;
  }
}

// Runs once: the thread is started for one task and ended with it. Its time counts from here.
parentPort?.postMessage('ready', []);
parentPort?.postMessage(answerOf(workerData as BenchTask), []);
