"""Files of official statistics (ffcsv): read strictly, compared with what is stored, taken over as a whole."""
