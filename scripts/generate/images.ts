import { noticesFile } from '../../functions/third-party-notices.ts';
import { functions } from '../../sources/index.ts';
import { type Generated, withRegion } from './region.ts';

const dockerfile: Generated = {
  file: 'functions/Dockerfile',
  text: (current) =>
    withRegion(
      current,
      'functions',
      functions
        .map(({ port, program: { name, description } }) =>
          [
            `FROM runtime AS ${name}`,
            `LABEL org.opencontainers.image.title="${name}" \\`,
            `  org.opencontainers.image.description="${description}"`,
            `ENV PORT=${port}`,
            `EXPOSE ${port}`,
            `COPY --from=build ${['server.cjs', 'job.cjs', noticesFile].map((file) => `/src/dist/functions/${name}/${file}`).join(' ')} /app/`,
            '',
          ].join('\n'),
        )
        .join('\n'),
    ),
};

const workflow: Generated = {
  file: '.github/workflows/images.yml',
  text: (current) =>
    withRegion(
      current,
      'functions',
      `        function: [${functions.map(({ program }) => program.name).join(', ')}]`,
    ),
};

export const images: readonly Generated[] = [dockerfile, workflow];
