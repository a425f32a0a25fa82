namespace Shop.Mail;

/// <summary>The newsletter routes.</summary>
public static class NewsletterEndpoints
{
    public static void MapNewsletter(this WebApplication app) => app.MapPost("/newsletter", SendAsync);

    private static async Task<IResult> SendAsync(
        NewsletterIssue issue, NewsletterSender newsletter, CancellationToken cancellationToken)
    {
        var sent = await newsletter.SendAsync(issue, cancellationToken);
        return Results.Ok(new { Sent = sent });
    }
}
