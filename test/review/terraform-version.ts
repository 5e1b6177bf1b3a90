export const terraformOfPlans = '1.11.4';
