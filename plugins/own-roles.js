'use strict';

const leaveOut = require('./lib/leave-out');

const COMMON_ROLE = 'IamRoleLambdaExecution';

/**
 * Every function has a role of its own (by serverless-iam-roles-per-function) with the rights that
 * its `iamRoleStatements` and the provider's statements say, and no others. Left out are the common
 * role, which osls makes all the same with all rights together, managed policies, and the roles'
 * names: CloudFormation makes some that are never too long for IAM.
 */
class OwnRoles {
  constructor(serverless) {
    this.serverless = serverless;
    this.service = serverless.service;
    this.hooks = {
      'before:package:compileFunctions': () => {
        this.refuseCommonRole();
        this.configureOwnRoles();
      },
      'before:package:finalize': () => this.tidyUp(),
    };
  }

  refuseCommonRole() {
    const without = this.service
      .getAllFunctions()
      .filter((name) => !this.service.getFunction(name).iamRoleStatements);
    if (without.length > 0) {
      throw new this.serverless.classes.Error(
        `No iamRoleStatements (an empty list will do): ${without.join(', ')}.`
      );
    }
  }

  configureOwnRoles() {
    for (const name of this.service.getAllFunctions()) {
      const fn = this.service.getFunction(name);
      fn.iamRoleStatementsInherit = true;
      // Without a name the role plugin makes one, and refuses it if it is too long.
      fn.iamRoleStatementsName = 'left-out';
    }
  }

  tidyUp() {
    const template = this.service.provider.compiledCloudFormationTemplate;
    leaveOut(template, (resource, id) => id === COMMON_ROLE);
    for (const resource of Object.values(template.Resources)) {
      if (resource.Type !== 'AWS::IAM::Role') continue;
      delete resource.Properties.RoleName;
      delete resource.Properties.ManagedPolicyArns;
    }
  }
}

module.exports = OwnRoles;
