namespace Shop.Labels;

/// <summary>What the label printer is plugged into.</summary>
public interface IPrinterPort
{
    void Write(string text);
}
