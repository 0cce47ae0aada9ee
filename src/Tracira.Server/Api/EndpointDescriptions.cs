using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace Tracira.Server.Api;

/// <summary>Says what an endpoint takes and answers, for the OpenAPI document.</summary>
internal static class EndpointDescriptions
{
    private static readonly string[] JsonContent = ["application/json"];

    public static IEndpointConventionBuilder Describe(this IEndpointConventionBuilder endpoint, string operationId, string tag, string summary)
    {
        // ApiExplorer lists only endpoints whose method it knows; a RequestDelegate does not bring its own.
        endpoint.Add(static builder => builder.Metadata.Add(builder.RequestDelegate!.Method));
        return endpoint.WithName(operationId).WithTags(tag).WithSummary(summary);
    }

    public static IEndpointConventionBuilder Takes<TBody>(this IEndpointConventionBuilder endpoint) =>
        endpoint.WithMetadata(new AcceptsMetadata(JsonContent, typeof(TBody)));

    public static IEndpointConventionBuilder TakesQuery(
        this IEndpointConventionBuilder endpoint, params (string Name, string Description)[] parameters) =>
        endpoint.TakesParameters(ParameterLocation.Query, parameters);

    public static IEndpointConventionBuilder TakesId(this IEndpointConventionBuilder endpoint) => endpoint.TakesPath("id", "the id");

    public static IEndpointConventionBuilder TakesPath(this IEndpointConventionBuilder endpoint, string name, string description) =>
        endpoint.TakesParameters(ParameterLocation.Path, [(name, description)]);

    public static IEndpointConventionBuilder Returns<TAnswer>(this IEndpointConventionBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (int status in statuses)
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(TAnswer), JsonContent));
        return endpoint;
    }

    /// <summary>It answers with another address, in the header Location.</summary>
    public static IEndpointConventionBuilder Redirects(this IEndpointConventionBuilder endpoint) =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status302Found, typeof(void)));

    public static IEndpointConventionBuilder Fails(this IEndpointConventionBuilder endpoint, params ReadOnlySpan<int> statuses) =>
        endpoint.Returns<ApiError>(statuses);

    private static IEndpointConventionBuilder TakesParameters(
        this IEndpointConventionBuilder endpoint, ParameterLocation location, (string Name, string Description)[] parameters) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            foreach ((string name, string description) in parameters)
            {
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = name,
                    In = location,
                    Required = location == ParameterLocation.Path,
                    Description = description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                });
            }

            return Task.CompletedTask;
        });
}
