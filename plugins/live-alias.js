'use strict';

const { ALIAS, isPromoted } = require('./lib/live');

/**
 * Gives every function an alias `live` on the version that the deploy publishes, makes osls point
 * every event, permission and authorizer at it, and names its ARN in the stack outputs:
 * function `openAuction` of stack `bridge-prod` has the output `OpenAuctionLiveArn`, exported as
 * `bridge-prod-OpenAuctionLiveArn`.
 *
 * What becomes of the alias in later deploys is the business of promoted-stage.js (it stays where
 * it is) and of developers-stage.js (it follows the newest code).
 */
class LiveAlias {
  constructor(serverless) {
    this.serverless = serverless;
    this.service = serverless.service;
    this.naming = serverless.getProvider('aws').naming;
    this.hooks = {
      // Not only at the deploy: a service that does not say it should not pass the tests either.
      'before:package:setupProviderConfiguration': () => isPromoted(this.serverless),
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

  aim({ aliasId, fn }) {
    fn.targetAlias = { name: ALIAS, logicalId: aliasId };
  }

  compile({ name, prefix, aliasId, fn }) {
    const template = this.service.provider.compiledCloudFormationTemplate;
    // For provisionedConcurrency and snapStart osls makes an alias of another name, and aims at it.
    if (fn.targetAlias.logicalId !== aliasId) delete template.Resources[fn.targetAlias.logicalId];
    this.aim({ aliasId, fn });
    template.Resources[aliasId] = {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        Name: ALIAS,
        FunctionName: { Ref: this.naming.getLambdaLogicalId(name) },
        FunctionVersion: { 'Fn::GetAtt': [fn.versionLogicalId, 'Version'] },
        ...(fn.provisionedConcurrency && {
          ProvisionedConcurrencyConfig: {
            ProvisionedConcurrentExecutions: fn.provisionedConcurrency,
          },
        }),
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
