using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Tracira.Server.Auth;
using Tracira.Server.Auth.People;

namespace Tracira.Server.Hosting;

/// <summary>Fills in what the OpenAPI document cannot learn from the endpoints: what the API is, and how callers prove who they are.</summary>
internal static class OpenApiDescription
{
    private const string Token = "webhookToken";
    private const string Key = "apiKey";
    private const string Session = "session";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info.Title = "Tracira";
            document.Info.Version = "v1";
            document.Info.Description = "Checks AI outputs against a workspace's rules and keeps the flagged ones for a person.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Token] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The workspace's webhook token, wh-…",
            };
            document.Components.SecuritySchemes[Key] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKeys.HeaderName,
                Description = "An API key, tk-…; its scopes say how far it reaches.",
            };
            document.Components.SecuritySchemes[Session] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = Sessions.CookieName,
                Description = "The session of a person who has signed in.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
                operation.Security = [By(Token, context.Document), By(Key, context.Document), By(Session, context.Document)];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(static (schema, context, _) =>
        {
            // An answer leaves out what is null, and a body may.
            foreach (JsonPropertyInfo property in context.JsonTypeInfo.Properties.Where(static property => property.IsGetNullable))
                schema.Required?.Remove(property.Name);
            return Task.CompletedTask;
        });

        static OpenApiSecurityRequirement By(string scheme, OpenApiDocument? document) =>
            new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
    }
}
