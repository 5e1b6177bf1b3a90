import packageJson from '../../../package.json' with { type: 'json' };

/** The version of the images that are built from this repository. */
export const { version } = packageJson;

export const functionsDockerfile = 'functions/Dockerfile';
