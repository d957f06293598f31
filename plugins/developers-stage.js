'use strict';

const { CloudFormation } = require('@aws-sdk/client-cloudformation');
const { Lambda, paginateListVersionsByFunction } = require('@aws-sdk/client-lambda');
const live = require('./lib/live');

const KEPT = 3;

/**
 * In a developer's stage `live` follows the newest code, also if somebody moved or removed it by
 * hand: CloudFormation alone looks at an alias only when its template changes. After a deploy the
 * versions of each function are pruned to the newest three, those that an alias points to aside.
 */
class DevelopersStage {
  constructor(serverless) {
    this.serverless = serverless;
    this.service = serverless.service;
    this.provider = serverless.getProvider('aws');
    this.hooks = {
      'before:aws:deploy:deploy:updateStack': () => this.eachAlias((it) => this.putBack(it)),
      'after:deploy:deploy': () => this.eachAlias((it) => this.tidyUp(it)),
    };
  }

  get stack() {
    return this.provider.naming.getStackName();
  }

  async eachAlias(action) {
    if (live.isPromoted(this.serverless)) return;
    const config = await this.provider.getAwsSdkV3Config();
    this.cloudFormation = new CloudFormation(config);
    this.lambda = new Lambda(config);
    const template = this.service.provider.compiledCloudFormationTemplate;
    for (const [aliasId, alias] of Object.entries(live.liveAliases(template))) {
      const [versionId] = alias.Properties.FunctionVersion['Fn::GetAtt'];
      await action({ name: live.functionName(template, alias), aliasId, versionId });
    }
  }

  /** The update of an alias that is gone would fail, and so would rolling it back. */
  async putBack({ name, aliasId }) {
    if (await live.findAlias(this.lambda, name)) return;
    if (!(await live.isDeployed(this.cloudFormation, this.stack, aliasId))) return;
    const [version] = await this.versions(name);
    await this.lambda.createAlias({
      FunctionName: name,
      Name: live.ALIAS,
      FunctionVersion: version,
    });
  }

  async tidyUp({ name, versionId }) {
    const newest = await live.versionNumber(this.cloudFormation, this.stack, versionId);
    const found = await live.findAlias(this.lambda, name);
    if (found.FunctionVersion !== newest || found.RoutingConfig) {
      await this.lambda.updateAlias({
        FunctionName: name,
        Name: live.ALIAS,
        FunctionVersion: newest,
        RoutingConfig: { AdditionalVersionWeights: {} },
      });
    }
    await this.prune(name, newest);
  }

  async prune(name, newest) {
    const { Aliases } = await this.lambda.listAliases({ FunctionName: name });
    const served = Aliases.flatMap((it) => [
      it.FunctionVersion,
      ...Object.keys(it.RoutingConfig?.AdditionalVersionWeights ?? {}),
    ]);
    const versions = await this.versions(name);
    const needed = new Set([newest, ...served, ...versions.slice(0, KEPT)]);
    for (const version of versions.filter((it) => !needed.has(it))) {
      await this.lambda.deleteFunction({ FunctionName: name, Qualifier: version });
    }
  }

  /** The published versions of a function, the newest first. */
  async versions(name) {
    const found = [];
    const pages = paginateListVersionsByFunction({ client: this.lambda }, { FunctionName: name });
    for await (const page of pages) found.push(...page.Versions.map((it) => it.Version));
    return found.filter((it) => it !== '$LATEST').sort((one, other) => other - one);
  }
}

module.exports = DevelopersStage;
