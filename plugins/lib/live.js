'use strict';

const ALIAS = 'live';

/** Whether `live` of this service stays where it is until a release is promoted. */
function isPromoted(serverless) {
  const { promoted } = serverless.service.custom ?? {};
  if (typeof promoted === 'boolean') return promoted;
  throw new serverless.classes.Error(
    "custom.promoted is missing: say 'promoted: ${file(../../serverless.common.yml):stage.promoted}'."
  );
}

/** The aliases `live` of a template: logical id → resource. */
function liveAliases(template) {
  const isLive = ([, it]) => it.Type === 'AWS::Lambda::Alias' && it.Properties.Name === ALIAS;
  return Object.fromEntries(Object.entries(template.Resources ?? {}).filter(isLive));
}

/** The name of the function that an alias of the same template belongs to. */
function functionName(template, alias) {
  return template.Resources[alias.Properties.FunctionName.Ref].Properties.FunctionName;
}

/** The alias as Lambda knows it, or null if it (or its function) is not there. */
async function findAlias(lambda, name) {
  try {
    return await lambda.getAlias({ FunctionName: name, Name: ALIAS });
  } catch (error) {
    if (error.name === 'ResourceNotFoundException') return null;
    throw error;
  }
}

/** The number of the version that is a resource of a deployed stack. */
async function versionNumber(cloudFormation, stack, logicalId) {
  const found = await cloudFormation.describeStackResource({
    StackName: stack,
    LogicalResourceId: logicalId,
  });
  return found.StackResourceDetail.PhysicalResourceId.split(':').pop();
}

/** Whether a stack has a resource; no if there is no such stack. */
async function isDeployed(cloudFormation, stack, logicalId) {
  try {
    await cloudFormation.describeStackResource({ StackName: stack, LogicalResourceId: logicalId });
    return true;
  } catch (error) {
    if (error.name === 'ValidationError' && error.message.includes('does not exist')) return false;
    throw error;
  }
}

module.exports = {
  ALIAS,
  findAlias,
  functionName,
  isDeployed,
  isPromoted,
  liveAliases,
  versionNumber,
};
