'use strict';

const { readFile, writeFile } = require('fs/promises');
const path = require('path');
const JSZip = require('jszip');

const EPOCH = new Date('1980-01-01T00:00:00Z');
const RECORD = /^[^/]+\.dist-info\/RECORD$/;
const OURS = /^(\w+_service|shared)\//;

/**
 * The same commit makes the same zip, byte by byte, on another day and another machine: production
 * takes what has passed in staging by its hash. What depends on the machine: the rights of files
 * (pip's umask, and Lambda could not read all of them), the scripts in `bin` (pip's interpreter;
 * nobody runs those in a Lambda, so they go), and how Node's zlib packs our own files.
 */
class ReproducibleZip {
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = { 'after:package:createDeploymentArtifacts': () => this.rewrite() };
  }

  get artifact() {
    const naming = this.serverless.getProvider('aws').naming;
    const made = path.join('.serverless', naming.getServiceArtifactName());
    return path.resolve(
      this.serverless.serviceDir,
      this.serverless.service.package.artifact ?? made
    );
  }

  async rewrite() {
    const zip = await JSZip.loadAsync(await readFile(this.artifact));
    zip.remove('bin');
    for (const file of zip.file(RECORD)) put(zip, file.name, await withoutScripts(file));
    for (const file of zip.file(OURS)) put(zip, file.name, await file.async('nodebuffer'));
    for (const file of Object.values(zip.files)) {
      file.date = EPOCH;
      file.unixPermissions = 0o100644;
    }
    const bytes = await zip.generateAsync({
      type: 'nodebuffer',
      platform: 'UNIX',
      compression: 'DEFLATE',
      compressionOptions: { level: 9 },
    });
    await writeFile(this.artifact, bytes);
  }
}

/** Puts a file in the place of another, to be packed anew. */
function put(zip, name, content) {
  zip.file(name, content, { createFolders: false });
}

/** A distribution's list of its files has the scripts in it, with their hashes. */
async function withoutScripts(record) {
  const lines = (await record.async('string')).split('\n');
  return lines.filter((it) => !it.startsWith('../../bin/')).join('\n');
}

module.exports = ReproducibleZip;
