'use strict';

const ROLE = /^arn:(?<partition>[\w-]+):iam::(?<account>\d{12}):role\/calcutta-(?<stage>[a-z0-9-]+)-cloudformation$/;

/**
 * A deploy by the pipeline (docs/pipeline.md) names in CALCUTTA_CLOUDFORMATION_ROLE the role that
 * CloudFormation takes on, of the stack in pipeline/deploy-role.yml. That role may only make roles
 * under the path of its stage and within its boundary, and only reads its stage's bucket: so those
 * are set here.
 */
class Pipeline {
  constructor(serverless) {
    this.serverless = serverless;
    this.service = serverless.service;
    this.hooks = {};
    const arn = process.env.CALCUTTA_CLOUDFORMATION_ROLE;
    if (!arn) return;
    this.stage = serverless.getProvider('aws').getStage();
    const { partition, account } = this.read(arn);
    this.boundary = `arn:${partition}:iam::${account}:policy/calcutta-${this.stage}-boundary`;
    const provider = this.service.provider;
    provider.deploymentBucket = `calcutta-${this.stage}-artifacts-${account}`;
    provider.iam = { ...provider.iam, deploymentRole: arn };
    this.hooks['before:package:finalize'] = () => this.confineRoles();
  }

  read(arn) {
    const found = ROLE.exec(arn)?.groups;
    if (found?.stage === this.stage) return found;
    throw new this.serverless.classes.Error(
      `CALCUTTA_CLOUDFORMATION_ROLE is ${arn}, which is not the role of stage "${this.stage}": ` +
        `it ends in role/calcutta-${this.stage}-cloudformation.`
    );
  }

  confineRoles() {
    const { Resources } = this.service.provider.compiledCloudFormationTemplate;
    for (const resource of Object.values(Resources)) {
      if (resource.Type !== 'AWS::IAM::Role') continue;
      resource.Properties.Path = `/calcutta/${this.stage}/`;
      resource.Properties.PermissionsBoundary = this.boundary;
    }
  }
}

module.exports = Pipeline;
