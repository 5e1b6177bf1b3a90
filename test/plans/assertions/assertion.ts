import type { Environment } from '../../../config/environment.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Selects resources of a stack. The keys of `where` are paths of arguments, such as `metadata.name`. */
export interface Which {
  readonly type: string;
  readonly where?: Readonly<Record<string, string>>;
  /**
   * Number of the selected resources in the stack. `some` means at least one.
   * @default 1
   */
  readonly count?: number | 'some';
}

export type Expected =
  | { readonly is: Json }
  /** The attribute must not have the value `isNot`. An attribute without a value is accepted. */
  | { readonly isNot: Json }
  /** The elements of a list or a set, in any order. */
  | { readonly elements: readonly string[] }
  | { readonly atLeast: number }
  /** An attribute of another resource. Terraform knows its value only after the apply. */
  | { readonly sameAs: Which; readonly attribute: string };

/** The keys are paths such as `spec[0].port`, or function calls such as `length(spec[0].port)`. */
export type Attributes = Readonly<Record<string, Expected>>;

/** A statement about the plan and the apply of a stack. Terraform checks the statement. */
export interface PlanAssertion {
  readonly statement: string;
  readonly of: Which;
  /** Expected attributes of the resource, in the plan and after the apply. */
  readonly attributes?: Attributes;
  /** Attributes whose values exist only after the apply. */
  readonly afterApply?: Attributes;
  readonly chartValues?: Attributes;
}

export interface NoneAssertion {
  readonly statement: string;
  readonly none: Which;
}

export type Assertion = PlanAssertion | NoneAssertion;

/** Assertions about a kind of stack. Expected values come from the environment, not from the stack. */
export interface StackAssertions {
  readonly list: readonly Assertion[];
  /** Types of the resources that Terraform must refuse to destroy. */
  readonly protectedTypes?: readonly string[];
}

export type AssertionsOf = (environment: Environment) => StackAssertions;

export const is = (value: Json): Expected => ({ is: value });
export const elements = (values: readonly string[]): Expected => ({ elements: values });
export const isNot = (value: Json): Expected => ({ isNot: value });
