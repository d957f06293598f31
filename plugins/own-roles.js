'use strict';

const leaveOut = require('./lib/leave-out');

const COMMON_ROLE = 'IamRoleLambdaExecution';

/**
 * Every function has a role of its own (`iamRoleStatements`, by serverless-iam-roles-per-function).
 * The common role, which osls makes all the same with all rights together, is left out.
 */
class OwnRoles {
  constructor(serverless) {
    this.serverless = serverless;
    this.service = serverless.service;
    this.hooks = {
      'before:package:compileFunctions': () => this.refuseCommonRole(),
      'before:package:finalize': () =>
        leaveOut(
          this.service.provider.compiledCloudFormationTemplate,
          (resource, id) => id === COMMON_ROLE
        ),
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
}

module.exports = OwnRoles;
