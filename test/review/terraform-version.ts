/** Terraform version of the recorded plans. */
export const terraformOfPlans = '1.11.4';
