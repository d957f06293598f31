'use strict';

const ALIAS = 'live';

/**
 * Gives every function an alias `live` on the version that the deploy publishes, makes osls point
 * every event, permission and authorizer at it, and names its ARN in the stack outputs:
 * function `openAuction` of stack `bridge-prod` has the output `OpenAuctionLiveArn`, exported as
 * `bridge-prod-OpenAuctionLiveArn`.
 */
class LiveAlias {
  constructor(serverless) {
    this.serverless = serverless;
    this.service = serverless.service;
    this.naming = serverless.getProvider('aws').naming;
    this.hooks = {
      'before:package:compileFunctions': () => this.eachFunction((it) => this.aim(it)),
      'after:package:compileFunctions': () => this.eachFunction((it) => this.compile(it)),
    };
  }

  eachFunction(action) {
    for (const name of this.service.getAllFunctions()) {
      const prefix = this.naming.getNormalizedFunctionName(name);
      action({ name, prefix, aliasId: `${prefix}LiveAlias`, fn: this.service.getFunction(name) });
    }
  }

  aim({ name, aliasId, fn }) {
    if (fn.provisionedConcurrency || fn.snapStart) {
      throw new this.serverless.classes.Error(
        `Function ${name}: provisionedConcurrency and snapStart make osls use an alias of its own ` +
          `instead of "${ALIAS}", and move it on every deploy.`
      );
    }
    fn.targetAlias = { name: ALIAS, logicalId: aliasId };
  }

  compile({ name, prefix, aliasId, fn }) {
    const template = this.service.provider.compiledCloudFormationTemplate;
    template.Resources[aliasId] = {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        Name: ALIAS,
        FunctionName: { Ref: this.naming.getLambdaLogicalId(name) },
        FunctionVersion: { 'Fn::GetAtt': [fn.versionLogicalId, 'Version'] },
      },
    };
    const output = `${prefix}LiveArn`;
    template.Outputs[output] = {
      Value: { Ref: aliasId },
      Export: { Name: { 'Fn::Sub': `\${AWS::StackName}-${output}` } },
    };
  }
}

module.exports = LiveAlias;
