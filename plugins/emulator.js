'use strict';

const leaveOut = require('./lib/leave-out');

const UNKNOWN_TYPES = ['AWS::ApiGatewayV2::Deployment', 'AWS::ApiGatewayV2::RouteResponse'];

/**
 * Stage `local` goes to an emulator and to nothing else, and every other stage never does: a
 * leftover AWS_ENDPOINT_URL is an error. In stage `local` it also leaves out the resource types
 * that the emulator's CloudFormation does not know.
 */
class Emulator {
  constructor(serverless) {
    this.serverless = serverless;
    this.service = serverless.service;
    this.hooks = { 'before:package:finalize': () => this.leaveOutUnknown() };
    this.refuseMixUp();
  }

  get isLocal() {
    return this.serverless.getProvider('aws').getStage() === 'local';
  }

  refuseMixUp() {
    const redirects = Object.keys(process.env).filter(
      (name) => name.startsWith('AWS_ENDPOINT_URL') && process.env[name]
    );
    if (this.isLocal && !process.env.AWS_ENDPOINT_URL) {
      throw new this.serverless.classes.Error(
        'Stage "local" needs AWS_ENDPOINT_URL: it is deployed to the emulator only.'
      );
    }
    if (!this.isLocal && redirects.length > 0) {
      throw new this.serverless.classes.Error(
        `${redirects.join(', ')} is set: only stage "local" may be deployed to an emulator.`
      );
    }
  }

  leaveOutUnknown() {
    if (!this.isLocal) return;
    const template = this.service.provider.compiledCloudFormationTemplate;
    leaveOut(template, (resource) => UNKNOWN_TYPES.includes(resource.Type));
    for (const resource of Object.values(template.Resources)) {
      if (resource.Type !== 'AWS::ApiGatewayV2::Stage') continue;
      delete resource.Properties.DeploymentId;
      resource.Properties.AutoDeploy = true;
    }
  }
}

module.exports = Emulator;
