/** The version of Terraform in the plans of the tests. The recorded plans are of the same version. */
export const terraformOfPlans = '1.11.4';
