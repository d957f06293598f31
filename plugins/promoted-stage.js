'use strict';

const { CloudFormation } = require('@aws-sdk/client-cloudformation');
const { Lambda } = require('@aws-sdk/client-lambda');
const live = require('./lib/live');

/**
 * In a promoted stage a deploy publishes versions and never moves `live`: `calcutta release` does.
 *
 * CloudFormation sets all properties of an alias whenever one of them differs from the template
 * before, its version too; and if an update fails, it sets them back to the template before. So
 * an alias that is there keeps, literally and for good, the properties that it was made with:
 * CloudFormation has no reason to touch it, neither forwards nor backwards. Only an alias that is
 * new takes its version from the deploy that makes it. A later description or provisioned
 * concurrency is given to Lambda directly, which leaves the version alone.
 */
class PromotedStage {
  constructor(serverless) {
    this.serverless = serverless;
    this.service = serverless.service;
    this.provider = serverless.getProvider('aws');
    this.wanted = [];
    this.hooks = {
      'before:aws:deploy:deploy:checkForChanges': () => this.ifPromoted(() => this.keepLive()),
      'after:deploy:deploy': () => this.ifPromoted(() => this.give()),
      'before:rollback:rollback': () => this.ifPromoted(() => this.refuseRollback()),
    };
  }

  get template() {
    return this.service.provider.compiledCloudFormationTemplate;
  }

  get stack() {
    return this.provider.naming.getStackName();
  }

  async ifPromoted(action) {
    if (live.isPromoted(this.serverless)) await action();
  }

  async keepLive() {
    const config = await this.provider.getAwsSdkV3Config();
    this.cloudFormation = new CloudFormation(config);
    this.lambda = new Lambda(config);
    const deployed = await this.deployedTemplate();
    const before = live.liveAliases(deployed);
    const now = live.liveAliases(this.template);
    this.refuseToRemove(Object.keys(before).filter((id) => !(id in now)));
    const kept = Object.keys(now).filter((id) => this.isKept(deployed, before[id], now[id]));
    const names = kept.map((id) => live.functionName(this.template, now[id]));
    const found = await Promise.all(names.map((name) => this.aliasAtRest(name)));
    for (const [id, alias] of Object.entries(now)) this.noteConcurrency(id, alias);
    for (const [index, id] of kept.entries()) {
      const had = concurrencyOutput(id) in (deployed.Outputs ?? {});
      this.wanted.push({ name: names[index], found: found[index], had, ...now[id].Properties });
      now[id].Properties = await this.asMade(before[id].Properties);
    }
  }

  async deployedTemplate() {
    try {
      const { TemplateBody } = await this.cloudFormation.getTemplate({ StackName: this.stack });
      return JSON.parse(TemplateBody);
    } catch (error) {
      if (error.name === 'ValidationError' && error.message.includes('does not exist')) return {};
      throw error;
    }
  }

  /** A function under another name is another function, with an alias of its own. */
  isKept(deployed, before, now) {
    if (!before) return false;
    return live.functionName(deployed, before) === live.functionName(this.template, now);
  }

  refuseToRemove(ids) {
    const retired = this.service.custom.retired ?? [];
    const expected = retired.map((it) => this.provider.naming.getNormalizedFunctionName(it));
    const functions = ids.map((id) => id.replace(/LiveAlias$/, ''));
    const astray = functions.filter((it) => !expected.includes(it));
    if (astray.length === 0) return;
    this.refuse(
      `${this.stack} has functions that are no longer here (${astray.join(', ')}), and what is ` +
        'live, or is rolled back to, may call them: remove them a release after their last ' +
        'caller, and name them in custom.retired.'
    );
  }

  async aliasAtRest(name) {
    const found = await live.findAlias(this.lambda, name);
    if (!found) {
      this.refuse(
        `${name} has lost its alias "live": put it back with "aws lambda create-alias ` +
          `--function-name ${name} --name live --function-version <the version of the release>".`
      );
    }
    if (Object.keys(found.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0) {
      this.refuse(
        `A promotion is under way (the calls of ${name} are divided): wait for it, or ` +
          `"calcutta release rollback --stage ${this.provider.getStage()}".`
      );
    }
    return found;
  }

  /** An alias's properties without what depends on the deploy that made it. */
  async asMade(properties) {
    const version = properties.FunctionVersion;
    if (typeof version === 'string') return properties;
    const [versionId] = version['Fn::GetAtt'];
    const number = await live.versionNumber(this.cloudFormation, this.stack, versionId);
    return { ...properties, FunctionVersion: number };
  }

  /**
   * An output says which functions have provisioned concurrency, since their aliases keep silent:
   * so it is taken away by the deploy that no longer asks for it.
   */
  noteConcurrency(aliasId, alias) {
    const config = alias.Properties.ProvisionedConcurrencyConfig;
    if (!config) return;
    const number = String(config.ProvisionedConcurrentExecutions);
    this.template.Outputs[concurrencyOutput(aliasId)] = { Value: number };
  }

  async give() {
    for (const { name, found, had, Description, ProvisionedConcurrencyConfig } of this.wanted) {
      const alias = { FunctionName: name, Qualifier: live.ALIAS };
      // Every update gives the alias another revision, which a promotion would take for a move.
      if (Description !== undefined && Description !== found.Description) {
        await this.lambda.updateAlias({ FunctionName: name, Name: live.ALIAS, Description });
      }
      if (ProvisionedConcurrencyConfig) {
        await this.lambda.putProvisionedConcurrencyConfig({
          ...alias,
          ...ProvisionedConcurrencyConfig,
        });
      } else if (had) {
        await this.lambda.deleteProvisionedConcurrencyConfig(alias);
      }
    }
  }

  refuseRollback() {
    this.refuse(
      '"osls rollback" would move "live" in a promoted stage: use ' +
        `"calcutta release rollback --stage ${this.provider.getStage()}".`
    );
  }

  refuse(reason) {
    throw new this.serverless.classes.Error(reason);
  }
}

function concurrencyOutput(aliasId) {
  return `${aliasId}Concurrency`;
}

module.exports = PromotedStage;
