"""AWS by signed HTTP, for the functions whose start and CPU count: without botocore, whose import
and client take longer than all that a bid has to do.

    access      who calls, from where: credentials, region, endpoints, trusted certificates
    signing     Signature Version 4
    http11      HTTP/1.1 responses from bytes
    connection  one kept-alive connection
    service     one service's requests: signed, over kept-alive connections, tried again
    dynamodb    DynamoDB's operations, and a table's items as plain Python values
    functions   starting a Lambda function
    posts       many requests at once, over many connections, in one thread
    errors      what goes wrong

Whatever is sent through this room may be sent twice: see `service`.
"""
