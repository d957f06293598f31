'use strict';

const { execFile } = require('node:child_process');
const { readFile, readdir } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const { CloudFormation } = require('@aws-sdk/client-cloudformation');
const { S3, paginateListObjectsV2 } = require('@aws-sdk/client-s3');

const BUILT = 'dist';
const CONFIGURATION = 'config.json';
const FOR_EVER = 'public, max-age=31536000, immutable';
const ALWAYS_ASK = 'no-cache';
/** Pages that are open while a new one is deployed still load parts of the one before. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/**
 * A service whose `custom.website` is { bucket, configuration } is a page: packaging builds it with
 * Vite, deploying uploads it to the bucket that the stack's output `bucket` names, with the output
 * `configuration` as config.json: so one build serves every stage. Removing the service empties the
 * bucket first.
 */
class Website {
  constructor(serverless) {
    this.serverless = serverless;
    this.provider = serverless.getProvider('aws');
    this.website = serverless.service.custom.website;
    this.folder = serverless.config.serviceDir;
    this.hooks = {
      'before:package:createDeploymentArtifacts': () => this.build(),
      'after:deploy:deploy': () => this.upload(),
      'before:remove:remove': () => this.empty(),
    };
  }

  async build() {
    const vite = path.join(path.dirname(require.resolve('vite/package.json')), 'bin', 'vite.js');
    const options = { cwd: this.folder, maxBuffer: 1 << 24 };
    try {
      await promisify(execFile)(process.execPath, [vite, 'build'], options);
    } catch (failure) {
      throw new this.serverless.classes.Error(
        `the page could not be built:\n${failure.stdout}${failure.stderr}`
      );
    }
  }

  async upload() {
    const outputs = await this.outputs();
    const bucket = outputs[this.website.bucket];
    const s3 = new S3(await this.provider.getAwsSdkV3Config());
    const files = await this.files(outputs);
    for (const file of files) await s3.putObject({ Bucket: bucket, ...file });
    const present = new Set(files.map((it) => it.Key));
    await this.remove(s3, bucket, ({ Key, LastModified }) => {
      return !present.has(Key) && Date.now() - LastModified > KEPT_MS;
    });
  }

  /** What is uploaded, in order: the page itself last, when all that it names is there. */
  async files(outputs) {
    const root = path.join(this.folder, BUILT);
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const files = [];
    for (const entry of entries.filter((it) => it.isFile())) {
      const file = path.join(entry.parentPath ?? entry.path, entry.name);
      const key = path.relative(root, file).split(path.sep).join('/');
      files.push(this.object(key, await readFile(file)));
    }
    files.push(this.object(CONFIGURATION, outputs[this.website.configuration]));
    const isPage = (it) => it.Key === 'index.html';
    return [...files.filter((it) => !isPage(it)), ...files.filter(isPage)];
  }

  object(key, body) {
    const hashed = key.startsWith('assets/');
    const type = TYPES[path.extname(key)];
    if (!type) throw new this.serverless.classes.Error(`${key}: of what type is it?`);
    return {
      Key: key,
      Body: body,
      ContentType: type,
      CacheControl: hashed ? FOR_EVER : ALWAYS_ASK,
    };
  }

  async empty() {
    const bucket = (await this.outputs())[this.website.bucket];
    if (!bucket) return;
    const s3 = new S3(await this.provider.getAwsSdkV3Config());
    await this.remove(s3, bucket, () => true);
  }

  async remove(s3, bucket, isUnwanted) {
    for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
      const unwanted = (page.Contents ?? []).filter(isUnwanted).map(({ Key }) => ({ Key }));
      if (unwanted.length === 0) continue;
      await s3.deleteObjects({ Bucket: bucket, Delete: { Objects: unwanted, Quiet: true } });
    }
  }

  /** The stack's outputs by key; none if it is not there. */
  async outputs() {
    const cloudFormation = new CloudFormation(await this.provider.getAwsSdkV3Config());
    const StackName = this.provider.naming.getStackName();
    try {
      const { Stacks } = await cloudFormation.describeStacks({ StackName });
      return Object.fromEntries(Stacks[0].Outputs.map((it) => [it.OutputKey, it.OutputValue]));
    } catch (failure) {
      if (failure.name === 'ValidationError') return {};
      throw failure;
    }
  }
}

module.exports = Website;
