'use strict';

/**
 * Only this stack's WebSocket API may call the functions behind it. osls writes their permissions
 * without naming an API: then any account's API could call them, with a forged authorizer context.
 */
class OwnApi {
  constructor(serverless) {
    this.service = serverless.service;
    this.naming = serverless.getProvider('aws').naming;
    this.hooks = { 'before:package:finalize': () => this.nameApi() };
  }

  nameApi() {
    const api = `\${${this.naming.getWebsocketsApiLogicalId()}}`;
    const arn = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:${api}/*`;
    const template = this.service.provider.compiledCloudFormationTemplate;
    for (const resource of Object.values(template.Resources)) {
      if (resource.Type !== 'AWS::Lambda::Permission') continue;
      if (resource.Properties.Principal !== 'apigateway.amazonaws.com') continue;
      resource.Properties.SourceArn ??= { 'Fn::Sub': arn };
    }
  }
}

module.exports = OwnApi;
