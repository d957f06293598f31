"""What protects the page, as it goes to AWS."""

import fnmatch
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.packaging.services import Packaged

pytestmark = pytest.mark.xdist_group("packaging")

CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
"""CloudFront's own policy."""


@pytest.fixture
def web(packaged_service: Callable[[str], Packaged]) -> Packaged:
    return packaged_service("web")


def only(web: Packaged, kind: str) -> dict[str, Any]:
    ((_, properties),) = web.resources(kind)
    return properties


def content_policy(web: Packaged) -> dict[str, list[str]]:
    """The sources of the Content-Security-Policy by directive; what CloudFormation fills in, as
    JSON."""
    headers = only(web, "AWS::CloudFront::ResponseHeadersPolicy")["ResponseHeadersPolicyConfig"]
    joined = headers["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    space, parts = joined["Fn::Join"]
    text = space.join(it if isinstance(it, str) else "{}" for it in parts)
    directives = [it.split() for it in text.split(";")]
    return {name: sources for name, *sources in directives}


def test_nobody_but_its_distribution_reads_the_bucket(web: Packaged) -> None:
    # osls has a bucket of its own in the stack, for templates
    resources = web.template["Resources"]
    bucket, policy = (resources[it]["Properties"] for it in ("Bucket", "BucketPolicy"))
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert statement["Action"] == "s3:GetObject"
    assert "Distribution" in json.dumps(statement["Condition"]["StringEquals"]["AWS:SourceArn"])


def test_the_policy_lets_nothing_in_that_is_not_a_file_of_the_page(web: Packaged) -> None:
    sources = content_policy(web)
    assert sources["default-src"] == ["'none'"]
    assert sources["script-src"] == sources["style-src"] == ["'self'"]
    assert sources["frame-ancestors"] == sources["base-uri"] == ["'none'"]
    assert sources["require-trusted-types-for"] == ["'script'"]
    assert not [it for all_of in sources.values() for it in all_of if "unsafe" in it or it == "*"]


def test_the_page_talks_to_itself_the_sockets_and_cognito_alone(web: Packaged) -> None:
    assert content_policy(web)["connect-src"] == ["'self'", "{}", "{}"]


def test_only_https_is_served(web: Packaged) -> None:
    config = only(web, "AWS::CloudFront::Distribution")["DistributionConfig"]
    assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    assert {it["ViewerProtocolPolicy"] for it in config["CacheBehaviors"]} == {"https-only"}
    apis = [it for it in config["Origins"] if "CustomOriginConfig" in it]
    assert {it["CustomOriginConfig"]["OriginProtocolPolicy"] for it in apis} == {"https-only"}


def behaviors(web: Packaged) -> list[dict[str, Any]]:
    """In their order: the first whose pattern fits is taken."""
    config = only(web, "AWS::CloudFront::Distribution")["DistributionConfig"]
    found: list[dict[str, Any]] = config["CacheBehaviors"]
    return found


def behavior_of(web: Packaged, path: str) -> dict[str, Any]:
    return next(it for it in behaviors(web) if fnmatch.fnmatchcase(path, it["PathPattern"]))


def test_every_path_of_the_apis_is_handed_on(
    web: Packaged, packaged_service: Callable[[str], Packaged]
) -> None:
    origins = (("websocket", "tickets"), ("rds-bridge", "leagues"), ("lobby", "line"))
    for service, origin in origins:
        for _, route in packaged_service(service).resources("AWS::ApiGatewayV2::Route"):
            _, _, path = route["RouteKey"].partition(" ")
            if not path.startswith("/"):
                continue
            assert behavior_of(web, path)["TargetOriginId"] == origin, path


def test_only_what_everybody_may_read_of_a_line_is_kept_and_for_a_second(web: Packaged) -> None:
    ((name, policy),) = web.resources("AWS::CloudFront::CachePolicy")
    kept = [it["PathPattern"] for it in behaviors(web) if it["CachePolicyId"] == {"Ref": name}]
    assert kept == ["/auctions/*/queue/serving"]
    config = policy["CachePolicyConfig"]
    assert {config["MinTTL"], config["DefaultTTL"], config["MaxTTL"]} == {1}
    of_all = [it for it in behaviors(web) if it["CachePolicyId"] != {"Ref": name}]
    assert {it["CachePolicyId"] for it in of_all} == {CACHING_DISABLED}


def test_the_line_is_asked_without_anything_that_tells_people_apart(web: Packaged) -> None:
    behavior = behavior_of(web, "/auctions/a/queue/serving")
    assert "OriginRequestPolicyId" not in behavior
    assert behavior["AllowedMethods"] == ["GET", "HEAD"]
    ((_, policy),) = web.resources("AWS::CloudFront::CachePolicy")
    key = policy["CachePolicyConfig"]["ParametersInCacheKeyAndForwardedToOrigin"]
    assert key["HeadersConfig"] == {"HeaderBehavior": "none"}
    assert key["CookiesConfig"] == {"CookieBehavior": "none"}
    assert key["QueryStringsConfig"] == {"QueryStringBehavior": "none"}


def test_what_was_not_found_for_one_person_is_asked_again_for_the_next(web: Packaged) -> None:
    config = only(web, "AWS::CloudFront::Distribution")["DistributionConfig"]
    kept = {it["ErrorCode"]: it["ErrorCachingMinTTL"] for it in config["CustomErrorResponses"]}
    assert kept[404] == 0
    assert max(kept.values()) == 1
    assert {500, 502, 503, 504} <= kept.keys()
