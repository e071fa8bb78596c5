import { CodedError } from '@kezi/contract/errors';

/*
 * Terms. Attribute: what is known of a customer from the start and does not change, such as his region or branch; a column of an
 * order file, or a field of the customer. Group: customers whose attributes are equal; they share a model.
 */

/** What a run may be told of attributes. One of `by` and `covariates`. */
export interface WantedAttributes {
  /** Attribute that makes segments: the model is fitted to each, small ones leaning on all customers. */
  by?: string | undefined;
  /** Attributes that order rate and leaving depend on. */
  covariates?: readonly string[] | undefined;
  /** Weight of half the squared effects of standardised columns against the log-likelihood. Default 0. */
  ridge?: number | undefined;
}

/** More columns than this are a question for another tool than a valuation. */
const MOST_COVARIATES = 12;

/**
 * Names of the wanted attributes, without repetition; empty where none is wanted. CodedError valuation.by_and_covariates when
 * both ways are asked for, valuation.ridge_alone for a ridge without covariates, valuation.too_many_covariates.
 */
export function attributeNames({ by, covariates = [], ridge }: WantedAttributes): string[] {
  if (by !== undefined && covariates.length > 0) throw new CodedError('valuation.by_and_covariates');
  if (ridge !== undefined && covariates.length === 0) throw new CodedError('valuation.ridge_alone');
  if (covariates.length > MOST_COVARIATES)
    throw new CodedError('valuation.too_many_covariates', {
      count: covariates.length,
      most: MOST_COVARIATES,
    });
  return by === undefined ? [...new Set(covariates)] : [by];
}
