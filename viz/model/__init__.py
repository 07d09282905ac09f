"""What a drawing shows, and the marks, colours and icons it is shown with."""
