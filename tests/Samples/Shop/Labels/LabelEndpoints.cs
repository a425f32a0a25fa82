namespace Shop.Labels;

/// <summary>The route for labels.</summary>
public static class LabelEndpoints
{
    public static void MapLabels(this WebApplication app) => app.MapPost("/labels", Print);

    private static IResult Print(string[] skus, LabelPrinter printer) =>
        Results.Ok(new { Printed = printer.Print(skus) });
}
